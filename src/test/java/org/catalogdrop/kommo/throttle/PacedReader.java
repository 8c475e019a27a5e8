package org.catalogdrop.kommo.throttle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.model.RunHalted;

/** Sends requests at the shared pace: a process of its own for tests. Ends with 3 if it was told to halt. */
final class PacedReader {

    private PacedReader() {}

    /** @param arguments the pace folder, the address of the API, its token, the rate, how many requests */
    public static void main(String[] arguments) throws Exception {
        String api = arguments[1];
        RateLimiter pace = pace(Path.of(arguments[0]), api, Double.parseDouble(arguments[3]));
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/api/v2/catalogs"))
                .header("Authorization", "Bearer " + arguments[2])
                .build();
        for (int left = Integer.parseInt(arguments[4]); left > 0; left--) {
            try {
                pace.awaitTurn();
                // This client does not say when its bytes leave, so a request counts as departed when it ends.
                var answer = client.send(request, BodyHandlers.ofString());
                pace.onResponse(new Reply.Received(
                        answer.statusCode(), answer.body().getBytes(StandardCharsets.UTF_8), true, "", ""));
            } catch (RunHalted halted) {
                System.exit(3);
            } finally {
                pace.endTurn();
            }
        }
    }

    static RateLimiter pace(Path folder, String api, double rate) {
        RateLimitFile file = RateLimitFile.of(folder, api, fault -> {
            throw new AssertionError(fault);
        });
        return new RateLimiter(rate, InstantSource.system(), new TransientBlockMemory(), Optional.of(file));
    }
}
