package org.catalogdrop.project;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.catalogdrop.config.Settings;
import org.junit.platform.commons.annotation.Testable;

/** Holds the packages to what docs/architecture.md says of them. */
@AnalyzeClasses(packages = "org.catalogdrop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.catalogdrop";

    /** What each knows besides itself, what is below it, and the model. Deeper packages belong to the first word. */
    private static final Map<String, List<String>> KNOWS = Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("sandbox", List.of()),
            Map.entry("input", List.of()),
            Map.entry("mapping", List.of()),
            Map.entry("chunk", List.of()),
            Map.entry("kommo", List.of()),
            Map.entry("journal", List.of()),
            Map.entry("report", List.of()),
            Map.entry("results", List.of("mapping", "report")),
            Map.entry("config", List.of("input", "mapping", "kommo", "journal", "results")),
            Map.entry("reconcile", List.of("kommo")),
            Map.entry("resolve", List.of("input", "mapping", "journal", "results", "config")),
            Map.entry("decision", List.of("input", "mapping", "chunk", "kommo", "journal", "config", "resolve")),
            Map.entry(
                    "load",
                    List.of(
                            "input",
                            "mapping",
                            "chunk",
                            "kommo",
                            "journal",
                            "report",
                            "results",
                            "config",
                            "reconcile",
                            "resolve",
                            "decision")),
            Map.entry(
                    "send",
                    List.of(
                            "mapping",
                            "chunk",
                            "kommo",
                            "journal",
                            "report",
                            "results",
                            "config",
                            "reconcile",
                            "resolve",
                            "decision",
                            "load")),
            Map.entry(
                    "plan",
                    List.of(
                            "input",
                            "mapping",
                            "chunk",
                            "kommo",
                            "journal",
                            "report",
                            "results",
                            "config",
                            "resolve",
                            "decision",
                            "load")),
            Map.entry("preview", List.of("input", "mapping", "journal", "results", "config", "resolve")),
            Map.entry("verify", List.of("input", "mapping", "journal", "results", "config", "reconcile", "resolve")),
            Map.entry("inbox", List.of("input", "journal", "results", "config", "resolve", "load")),
            Map.entry("shared", List.of("kommo", "journal", "config")),
            Map.entry("observability", List.of("kommo", "journal", "results", "config", "load", "inbox")),
            Map.entry(
                    "page",
                    List.of(
                            "input",
                            "mapping",
                            "kommo",
                            "journal",
                            "report",
                            "results",
                            "config",
                            "resolve",
                            "preview",
                            "load",
                            "plan",
                            "inbox",
                            "observability")));

    /** Where a package may be somewhat larger: its classes are many kinds of one thing. */
    private static final Map<String, Integer> LARGER = Map.of("model", 51, "cli", 40);

    private static final int LARGEST = 32;

    @ArchTest
    static final ArchRule model_knows_only_the_jdk = classes()
            .that()
            .resideInAPackage(ROOT + ".model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOT + ".model..");

    @ArchTest
    static final ArchRule only_the_host_api_camel_accounts_cli_and_spring_know_camel = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".camel..", ROOT + ".accounts..", ROOT + ".cli..", ROOT + ".spring..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "Camel's or the HTTP client's, but for the small helpers of camel-util",
                    one -> one.getPackageName().matches("org\\.apache\\.(camel|hc)(?!\\.util).*")));

    @ArchTest
    static final ArchRule only_cli_knows_itself_and_picocli = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cli..", "picocli..");

    @ArchTest
    static final ArchRule only_spring_knows_spring_and_itself = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".spring..", "org.springframework..");

    @ArchTest
    static final ArchRule only_journal_knows_jdbc = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..");

    /** A class that takes all settings does not say which of them it needs. */
    @ArchTest
    static final ArchRule only_wiring_and_commands_take_all_settings = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".config..", ROOT + ".camel..", ROOT + ".accounts..", ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Settings.class.getName());

    @ArchTest
    static final ArchRule packages_have_no_circles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    /** A sealed type knows its kinds and they know it: such a family counts as one class. */
    @ArchTest
    static final ArchRule classes_have_no_circles = slices().assignedFrom(new SliceAssignment() {

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass one) {
                    return SliceIdentifier.of(family(outermost(one)).getName());
                }

                @Override
                public String getDescription() {
                    return "classes";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule class_names_are_of_the_domain = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Service|Impl|Dto|Processor|Common)(\\$.*)?");

    private static JavaClass outermost(JavaClass one) {
        JavaClass outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static JavaClass family(JavaClass one) {
        return one.getRawInterfaces().stream()
                .map(ArchitectureTest::outermost)
                .filter(parent -> parent.reflect().isSealed())
                .filter(parent -> parent.getPackage().equals(one.getPackage()))
                .findFirst()
                .map(ArchitectureTest::family)
                .orElse(one);
    }

    private static String room(String packageName) {
        return packageName.replaceFirst("^org\\.catalogdrop\\.?", "").replaceFirst("\\..*", "");
    }

    @ArchTest
    static void packages_depend_only_on_allowed_packages(JavaClasses all) {
        KNOWS.forEach((room, known) -> {
            DescribedPredicate<HasName> others = DescribedPredicate.describe(
                    "unknown to " + room,
                    named -> named.getName().startsWith(ROOT)
                            && !room(packageOf(named.getName())).equals(room)
                            && !room(packageOf(named.getName())).equals("model")
                            && !known.contains(room(packageOf(named.getName()))));
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + room + "..")
                    .should()
                    .dependOnClassesThat(others)
                    .check(all);
        });
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    @ArchTest
    static void no_package_is_too_large(JavaClasses all) {
        Map<String, Long> sizes = all.stream()
                .filter(one -> one.getEnclosingClass().isEmpty())
                .filter(one -> !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        one -> one.getPackageName().replaceFirst("^org\\.catalogdrop\\.?", ""),
                        TreeMap::new,
                        Collectors.counting()));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size)
                .as("classes of %s", name)
                .isLessThanOrEqualTo(LARGER.getOrDefault(name, LARGEST)));
    }

    @ArchTest
    static void no_two_classes_have_the_same_name(JavaClasses all) {
        assertThat(all.stream()
                        .filter(one -> one.getEnclosingClass().isEmpty())
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .doesNotHaveDuplicates();
    }

    @ArchTest
    static void every_package_has_a_description(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackageName).distinct()).allSatisfy(name -> assertThat(
                        Files.readString(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")))
                .startsWith("/**"));
    }

    @ArchTest
    static void test_names_are_snake_case(JavaClasses all) {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(ROOT);

        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .haveNameMatching("[a-z][a-z0-9_]*")
                .check(tests);
    }
}
