package bricklayer.main;

import bricklayer.fault.Faults;
import bricklayer.store.log.LogStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * Opens the records of a server that does not run.
 *
 * @param limits what is changed of the usual ones
 * @param faults what goes wrong; also reached by what the commands do beside the store
 */
record OfflineStore(UnaryOperator<LogStore.Options> limits, Faults faults) {

    static final OfflineStore USUAL = new OfflineStore(UnaryOperator.identity(), Faults.NONE);

    /** @param journal the folder that the log lies in, as {@link Tuning#journal} has it */
    LogStore open(Path journal) {
        return LogStore.open(
                limits.apply(LogStore.Options.in(journal)),
                Formats.codec(),
                InstantSource.system(),
                Thread.ofPlatform().factory(),
                faults);
    }
}
