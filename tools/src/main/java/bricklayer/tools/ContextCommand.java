package bricklayer.tools;

import static bricklayer.tools.output.Column.text;

import bricklayer.tools.context.Context;
import bricklayer.tools.context.Contexts;
import bricklayer.tools.context.ContextsFile;
import bricklayer.tools.output.Table;
import bricklayer.tools.output.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "context",
        description = "Servers that are known by a name, with who asks them and where the key is.",
        subcommands = {
            ContextCommand.Listing.class,
            ContextCommand.Show.class,
            ContextCommand.Use.class,
            ContextCommand.Set.class,
            ContextCommand.Delete.class
        })
final class ContextCommand extends Group {

    /** What they have in common. */
    abstract static class OfFile extends LocalCommand {

        final ContextsFile file() {
            return root().contexts()
                    .orElseThrow(() -> new CommandFailed(
                            "there is no place for contexts: set HOME, or BRICKLAYER_CLI_CONFIG to a file"));
        }

        static Context required(Contexts contexts, String name) {
            return contexts.named(name).orElseThrow(() -> unknown(contexts, name));
        }
    }

    static CommandFailed unknown(Contexts contexts, String name) {
        return new CommandFailed("there is no context " + name + "; "
                + (contexts.byName().isEmpty()
                        ? "to make it: bricklayer context set " + name + " --server URL --user NAME --secret -"
                        : "there are: " + String.join(", ", contexts.byName().keySet())));
    }

    @Command(name = "list", description = "Lists them; a star marks the one in use.")
    static final class Listing extends OfFile {

        @Mixin
        private final Output output = new Output();

        @Override
        public void run() {
            Contexts contexts = file().read();
            List<Map<String, Object>> rows = new ArrayList<>();
            Table table = new Table(text("USED"), text("NAME"), text("SERVER"), text("USER"), text("KEY"));
            contexts.byName().forEach((name, context) -> {
                boolean used = name.equals(contexts.current());
                Map<String, Object> row = Tree.object("name", name);
                row.put("used", used);
                row.putAll(context.withoutKey());
                rows.add(row);
                table.row(
                        used ? "*" : "",
                        name,
                        said(context.server()),
                        said(context.user()),
                        context.user() == null ? "" : context.keyPlace());
            });
            list(output, () -> Tree.object("contexts", rows), () -> table, () -> show(table, false));
        }

        private static String said(@Nullable String text) {
            return Optional.ofNullable(text).orElse("");
        }
    }

    @Command(name = "show", description = "Shows one, without its key.")
    static final class Show extends OfFile {

        @Parameters(paramLabel = "NAME", arity = "0..1", description = "Default: the one in use.")
        private @Nullable String name;

        @Mixin
        private final Output output = new Output();

        @Override
        public void run() {
            Contexts contexts = file().read();
            String which = name != null ? name : contexts.current();
            if (which == null) {
                throw new CommandFailed("no context is in use; to use one: bricklayer context use NAME");
            }
            Map<String, Object> shown = Tree.object("name", which);
            shown.putAll(required(contexts, which).withoutKey());
            show(output, shown, () -> shown.forEach((member, value) -> say("%s: %s", member, value)));
        }
    }

    @Command(name = "use", description = "Uses one from now on, where no flag and no variable says otherwise.")
    static final class Use extends OfFile {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        @Override
        public void run() {
            Contexts contexts = file().read();
            required(contexts, name);
            file().write(contexts.using(name));
            say("Context %s is used now", name);
        }
    }

    @Command(
            name = "set",
            description = {
                "Gives a name to a server, and to who asks it: what --server, --user, --secret-file or --secret, --tls-cert and --insecure-tls say.",
                "Of one that is there it changes what they say. --secret - asks for the key and keeps it in the file, which nobody else can read."
            },
            footerHeading = Examples.HEADING,
            footer = Examples.CONTEXT)
    static final class Set extends OfFile {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        @Override
        public void run() {
            if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
                throw misuse("the name of a context has letters, digits, dots, dashes and underscores: " + name);
            }
            Context said = root().said();
            if (said.equals(Context.NOTHING)) {
                throw misuse(
                        "say something of it: --server, --user, --secret-file or --secret, --tls-cert, --insecure-tls");
            }
            Contexts contexts = file().read();
            Context now = contexts.named(name).orElse(Context.NOTHING).with(said);
            if (now.server() == null) {
                throw misuse("a context needs the address of a server: --server URL");
            }
            RootCommand.clientOf(now.server());
            Contexts after = contexts.with(name, now);
            file().write(after);
            say("Context %s is in %s%s", name, file().path(), name.equals(after.current()) ? ", and is used" : "");
        }
    }

    @Command(name = "delete", description = "Forgets one, with its key.")
    static final class Delete extends OfFile {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        @Override
        public void run() {
            Contexts contexts = file().read();
            required(contexts, name);
            file().write(contexts.without(name));
            say("Context %s deleted", name);
        }
    }
}
