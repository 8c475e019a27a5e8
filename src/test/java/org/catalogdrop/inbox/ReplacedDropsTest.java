package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that comes to the place of a drop after that was loaded, and before it has left the inbox. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplacedDropsTest {

    @TempDir
    Path home;

    /** Does something to the inbox once, after the first load and before its file is put away. */
    private final class AfterLoad extends EventNotifierSupport {

        private interface Deed {
            void with(Path file) throws IOException;
        }

        private final Deed deed;
        private final AtomicBoolean done = new AtomicBoolean();

        AfterLoad(Deed deed) {
            this.deed = deed;
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeSentEvent sent
                    && sent.getEndpoint().getEndpointUri().equals("direct://catalog-load")
                    && done.compareAndSet(false, true)) {
                try {
                    deed.with(home.resolve("inbox/goods.csv"));
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            }
        }
    }

    private Loading load(AfterLoad after) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("goods.csv"), "name\nold\n");
        Loading loading = Loading.watch(home, after);
        loading.drop().runs().awaitIdle();
        return loading;
    }

    @Test
    void given_a_loaded_drop_when_another_file_has_its_place_then_that_is_loaded_too() throws Exception {
        try (Loading loading = load(new AfterLoad(file -> {
            Path other = Files.writeString(home.resolve("other"), "name\nnew\n");
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }))) {
            assertThat(loading.names()).containsExactly("old", "new");
            assertThat(loading.drop().runs().exitStatus()).isZero();
            assertThat(loading.drop().journal().underWay()).isEmpty();
        }
        assertThat(home.resolve("archive/goods.csv")).hasContent("name\nnew\n");
        assertThat(home.resolve("refused")).isEmptyDirectory();
    }

    @Test
    void given_a_loaded_drop_when_only_its_time_has_changed_then_it_is_archived() throws Exception {
        try (Loading loading = load(new AfterLoad(file -> Files.setLastModifiedTime(file, FileTime.fromMillis(0))))) {
            assertThat(loading.names()).containsExactly("old");
            assertThat(loading.drop().runs().exitStatus()).isZero();
        }
        assertThat(home.resolve("archive/goods.csv")).exists();
        assertThat(home.resolve("refused")).isEmptyDirectory();
    }
}
