package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes by which {@code bench/journal} does without the journal still fit those they replace. */
class NoJournalTest {

    @TempDir
    Path folder;

    @Test
    void they_compile_against_the_program() throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("bench/no-journal"))) {
            var options = List.of("-d", folder.toString(), "-proc:none", "-implicit:none");
            var units = files.getJavaFileObjectsFromPaths(
                    sources.filter(source -> source.toString().endsWith(".java"))
                            .toList());
            assertThat(compiler.getTask(told, files, null, options, null, units).call())
                    .as(told.toString())
                    .isTrue();
        }
    }
}
