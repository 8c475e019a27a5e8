package org.catalogdrop.sandbox.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.catalogdrop.sandbox.http.Json;

/** The body of {@code POST /sandbox/faults}; missing parts are null, as the parser leaves them. */
public record FaultOrder(List<Queued> script, Chance random) {

    record Queued(
            String kind,
            String on,
            Integer times,
            Integer number,
            Integer at_least,
            String body,
            String has,
            String say,
            boolean always) {

        Fault fault() {
            Fault fault = Fault.named(Json.required(kind, "a fault of the script has no 'kind'"))
                    .on(constant(Fault.Target.class, Objects.requireNonNullElse(on, "POST")))
                    .number(Objects.requireNonNullElse(number, -1))
                    .atLeast(Objects.requireNonNullElse(at_least, 0))
                    .has(Objects.requireNonNullElse(has, ""))
                    .say(Objects.requireNonNullElse(say, ""));
            return body == null ? fault : fault.body(constant(Fault.Body.class, body));
        }
    }

    record Chance(Long seed, String on, Map<String, Double> rates, Map<String, Integer> numbers) {

        Map<Fault, Double> chances() {
            Fault.Target target = constant(Fault.Target.class, Objects.requireNonNullElse(on, "POST"));
            Map<Fault, Double> chances = new LinkedHashMap<>();
            Objects.requireNonNullElse(rates, Map.<String, Double>of())
                    .forEach((name, rate) ->
                            chances.put(Fault.named(name).on(target).number(number(name)), rate));
            return chances;
        }

        private int number(String name) {
            return Objects.requireNonNullElse(numbers, Map.<String, Integer>of())
                    .getOrDefault(name, -1);
        }
    }

    /** @throws IOException if the body is invalid; the message says why */
    public static FaultOrder read(InputStream body) throws IOException {
        return Json.MAPPER.readValue(body, FaultOrder.class);
    }

    /** Queues all faults or none: an invalid fault prevents the others. */
    public void give(FaultQueue faults) {
        List<Queued> queued = Objects.requireNonNullElse(script, List.of());
        List<Fault> understood = queued.stream().map(Queued::fault).toList();
        Optional.ofNullable(random)
                .ifPresent(chance -> faults.randomly(Objects.requireNonNullElse(chance.seed, 1L), chance.chances()));
        for (int i = 0; i < understood.size(); i++) {
            if (queued.get(i).always) {
                faults.always(understood.get(i));
            } else {
                faults.next(understood.get(i), Objects.requireNonNullElse(queued.get(i).times, 1));
            }
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
