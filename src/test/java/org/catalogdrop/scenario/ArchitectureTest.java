package org.catalogdrop.scenario;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The rooms of docs/architecture.md stay apart. */
@AnalyzeClasses(packages = "org.catalogdrop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final List<String> ROOMS =
            List.of("model", "intake", "mapping", "chunk", "kommo", "journal", "results", "sandbox", "app");

    @ArchTest
    static final ArchRule theModelKnowsTheJdkAlone = classes()
            .that()
            .resideInAPackage("org.catalogdrop.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.catalogdrop.model..");

    @ArchTest
    static final ArchRule onlyTheAppKnowsTheAppAndCamel = noClasses()
            .that()
            .resideOutsideOfPackage("org.catalogdrop.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "org.catalogdrop.app..", "picocli..", "org.apache.hc..");

    @ArchTest
    static final ArchRule theMiddleRoomsDoNotKnowEachOther = slices().matching("org.catalogdrop.(*)..")
            .namingSlices("room $1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(Predicates.resideInAPackage("org.catalogdrop.app.."), Predicates.resideInAPackage(".."))
            .ignoreDependency(
                    Predicates.resideInAPackage(".."), Predicates.resideInAPackage("org.catalogdrop.model.."));

    @ArchTest
    static final ArchRule onlyTheJournalKnowsJdbc = noClasses()
            .that()
            .resideOutsideOfPackage("org.catalogdrop.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule theSandboxKnowsNothingOfUs = noClasses()
            .that()
            .resideInAPackage("org.catalogdrop.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.catalogdrop.model..");

    @ArchTest
    static final ArchRule namesAreOfTheDomain = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Service|Impl|Dto|Processor|Common)(\\$.*)?");

    @ArchTest
    static void everyClassIsInARoom(JavaClasses all) {
        assertThat(all)
                .extracting(one -> one.getPackageName().replace("org.catalogdrop.", ""))
                .isSubsetOf(ROOMS)
                .containsAll(ROOMS);
    }
}
