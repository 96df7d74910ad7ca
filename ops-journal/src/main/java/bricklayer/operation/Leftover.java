package bricklayer.operation;

import bricklayer.host.HostName;
import java.util.List;

/**
 * What an abandoned operation may have left on hosts: one step that was not seen to be done, or taken back.
 *
 * @param hosts any of them knows of it
 * @param step stage and step
 * @param seen {@code present}, {@code partial}, {@code absent}, or {@code unknown} with what stood in the way of looking
 * @param commands what would put it right, one after the other; to be given on one of the hosts
 */
public record Leftover(List<HostName> hosts, String step, String seen, List<String> commands) {

    public Leftover {
        hosts = List.copyOf(hosts);
        commands = List.copyOf(commands);
    }
}
