package bricklayer.tools.quickstart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells the process of a data folder's server from another that got the same number later. */
final class ServerProcess {

    private ServerProcess() {}

    /** The arguments by which it is started and recognised. */
    static List<String> arguments(DataFolder data) {
        return List.of("server", "--config", data.config().toString());
    }

    static Optional<ProcessHandle> find(DataFolder data) {
        return data.server().flatMap(server -> ProcessHandle.of(server.pid())).filter(process -> serves(process, data));
    }

    private static boolean serves(ProcessHandle process, DataFolder data) {
        List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
        List<String> ours = arguments(data);
        return process.isAlive()
                && arguments.size() >= ours.size()
                && arguments
                        .subList(arguments.size() - ours.size(), arguments.size())
                        .equals(ours);
    }
}
