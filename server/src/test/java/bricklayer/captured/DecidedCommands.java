package bricklayer.captured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bricklayer.host.Command;
import java.util.ArrayList;
import java.util.List;

/** Commands that a package renders, against its file {@code commands.txt}: a name, the deadline and the words, one command a line. */
public final class DecidedCommands {

    private static final String FILE = "commands.txt";

    private final List<String> rendered = new ArrayList<>();

    public DecidedCommands add(String name, Command command) {
        rendered.add(name + " [" + command.deadline() + "]: " + command);
        return this;
    }

    public void check(Class<?> test) {
        List<String> decided = Answers.text(test, FILE).lines().toList();
        for (int i = 0; i < Math.min(decided.size(), rendered.size()); i++) {
            if (!decided.get(i).equals(rendered.get(i))) {
                fail("line %d of %s next to %s says%n  %s%nbut rendered is%n  %s%n%s"
                        .formatted(i + 1, FILE, test.getName(), decided.get(i), rendered.get(i), whatToDo()));
            }
        }
        assertThat(rendered).as(whatToDo()).hasSameSizeAs(decided);
    }

    private String whatToDo() {
        return "What nodes are told is a decision: operations recorded by an older version are finished with this command, and simulated nodes interpret its words. If it is"
                + " meant, try it on a real node, say why in the commit and make the file:\n"
                + String.join("\n", rendered) + "\n";
    }
}
