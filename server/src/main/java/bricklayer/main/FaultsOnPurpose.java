package bricklayer.main;

import bricklayer.config.ServerConfig;
import bricklayer.executor.injecting.InjectingExecutor;
import bricklayer.fault.Faults;
import bricklayer.host.Executor;
import bricklayer.injection.Injection;
import bricklayer.injection.Origins;
import bricklayer.metrics.FaultFigures;
import bricklayer.store.Rows;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an operator's faults get into the server. Without permission there is nothing: no wrapper, no points recorded.
 *
 * @param injection empty when it is not allowed
 */
record FaultsOnPurpose(Optional<Injection> injection) {

    private static final Logger LOG = LoggerFactory.getLogger(FaultsOnPurpose.class);

    /** Tells an exit by a rule from every other end of the process. */
    static final int CRASH_STATUS = 99;

    static FaultsOnPurpose of(ServerConfig config, RandomGenerator random) {
        int rules = config.injection().rules().rules().size();
        if (!config.injection().allowed()) {
            if (rules > 0) {
                LOG.warn(
                        "{} fault rules are configured and NOT in force: fault injection is off. To allow it set"
                                + " bricklayer.fault_injection to true or start with --allow-fault-injection",
                        rules);
            }
            return new FaultsOnPurpose(Optional.empty());
        }
        LOG.warn("FAULT INJECTION IS ALLOWED: an administrator can make operations fail and this server crash."
                + " Never allow it where data counts");
        Injection injection =
                new Injection(config.injection().rules(), NodeAccess::pause, FaultsOnPurpose::crash, random::nextLong);
        if (rules > 0) {
            injection.set(config.injection().rules());
        }
        return new FaultsOnPurpose(Optional.of(injection));
    }

    private static void crash(String why) {
        LOG.error("CRASH ON PURPOSE, exit status {}: {}", CRASH_STATUS, why);
        Runtime.getRuntime().halt(CRASH_STATUS);
    }

    /** For the journal and the log. */
    Faults faults() {
        return injection.<Faults>map(allowed -> allowed).orElse(Faults.NONE);
    }

    /** The way to the nodes, with faults on it where they are allowed. */
    Executor around(Executor executor, Supplier<Rows> rows) {
        Origins origins = new Origins(rows);
        return injection
                .<Executor>map(allowed -> new InjectingExecutor(executor, allowed, origins::of))
                .orElse(executor);
    }

    FaultFigures figures() {
        return injection
                .map(allowed -> new FaultFigures(true, allowed.report().rules().size(), allowed.acted()))
                .orElse(FaultFigures.OFF);
    }
}
