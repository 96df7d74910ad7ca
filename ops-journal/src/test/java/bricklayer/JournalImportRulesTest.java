package bricklayer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in the journal, each rule with its reason. */
@AnalyzeClasses(
        packages = "bricklayer",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class JournalImportRulesTest {

    @ArchTest
    static final ArchRule STORE_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("bricklayer.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("bricklayer.operation..", "bricklayer.host..")
            .because("the store keeps rows and must not know what operations or hosts are");

    @ArchTest
    static final ArchRule HOST_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("bricklayer.host..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("bricklayer.store..", "bricklayer.operation..")
            .because("the shape of a command depends on nothing");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_MAPDB = noClasses()
            .that()
            .resideOutsideOfPackage("bricklayer.store.checkpoint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mapdb..")
            .because("replacing MapDB must touch one package");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_JACKSON = noClasses()
            .that()
            .resideOutsideOfPackage("bricklayer.store.codec..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..")
            .because("the form of rows on disk is decided in one place");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_PCOLLECTIONS = noClasses()
            .that()
            .resideOutsideOfPackage("bricklayer.store.image..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pcollections..")
            .because("the image is the only persistent collection there is");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_PASSED_IN = noClasses()
            .that()
            .areNotAssignableTo(bricklayer.operation.VirtualThreads.class)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("a run must be repeatable from a seed");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("bricklayer.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one package");
}
