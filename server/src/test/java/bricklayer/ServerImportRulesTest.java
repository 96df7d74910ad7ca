package bricklayer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import bricklayer.host.Executor;
import bricklayer.host.HostWriter;
import bricklayer.operation.Step;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in the server, each rule with its reason. */
@AnalyzeClasses(
        packages = "bricklayer",
        importOptions = {ServerImportRulesTest.ThisModule.class})
class ServerImportRulesTest {

    /** Other modules are on the class path as folders or as jars, depending on how Maven was called; they have rules of their own. */
    static final class ThisModule implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/server/target/classes/");
        }
    }

    @ArchTest
    static final ArchRule WHAT_IS_NOT_JOURNALED_CANNOT_CHANGE_A_HOST = noClasses()
            .that()
            .resideOutsideOfPackages("bricklayer.main..", "bricklayer.executor..")
            .should()
            .dependOnClassesThat(assignableTo(HostWriter.class).or(assignableTo(Executor.class)))
            .because("only the operation runner may change hosts; everything else asks through a HostReader");

    @ArchTest
    static final ArchRule STEPS_ARE_VALUES = classes()
            .that()
            .implement(Step.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords()
            .because("a step is stored, and carried out by a later process");

    @ArchTest
    static final ArchRule THE_PLACER_IS_PURE = noClasses()
            .that()
            .resideInAPackage("bricklayer.brick.placement..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "bricklayer.store..", "bricklayer.host..", "bricklayer.operation..", "bricklayer.inventory.."))
            .because("it is tested by the million, on pictures and seeds");

    @ArchTest
    static final ArchRule RENDERING_AND_PARSING_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(
                    "bricklayer.lvm..",
                    "bricklayer.machine..",
                    "bricklayer.mount..",
                    "bricklayer.gluster..",
                    "bricklayer.glusterblock..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("bricklayer..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(
                            "bricklayer.host..",
                            "bricklayer.lvm..",
                            "bricklayer.machine..",
                            "bricklayer.mount..",
                            "bricklayer.gluster..",
                            "bricklayer.glusterblock.."))))
            .because("commands and their answers are text, whoever sends them");

    @ArchTest
    static final ArchRule HTTP_STAYS_AT_THE_EDGE = noClasses()
            .that()
            .resideOutsideOfPackage("bricklayer.http..")
            .and()
            .haveSimpleNameNotEndingWith("Routes")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty.."))
            .because("what is planned and done does not depend on how it was asked for");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_JSCH = onlyIn("bricklayer.executor.ssh..", "com.jcraft..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_KUBERNETES = onlyIn("bricklayer.kube..", "io.fabric8..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_PROMETHEUS = onlyIn("bricklayer.metrics..", "io.prometheus..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_JWT = onlyIn("bricklayer.http.auth..", "com.auth0..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_LOGBACK = onlyIn("bricklayer.main..", "ch.qos.logback..");

    private static ArchRule onlyIn(String home, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .because("replacing a library must touch one package");
    }

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_OF_A_PACKAGE_READS_JSON = noClasses()
            .that(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                            nameMatching(
                                    "bricklayer\\.(lvm\\.LvmReport|glusterblock\\.BlockAnswer|executor\\.simulated\\.StateLog)(\\$.*)?")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml.."))
            .because(
                    "the wire's JSON is decided in the api, the rows' in the codec; LVM's reports, gluster-block's answers"
                            + " and the simulated nodes' state each have one reader");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_PASSED_IN = noClasses()
            .that()
            .resideOutsideOfPackage("bricklayer.main..")
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
            .callConstructor(java.security.SecureRandom.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("a run must be repeatable from a seed");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("bricklayer.(*)..")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one package");
}
