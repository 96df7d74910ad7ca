package bricklayer.tools;

import bricklayer.api.PlanInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Table;
import bricklayer.tools.output.Tree;
import bricklayer.tools.output.Yaml;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a server for something and prints what came of it. */
abstract class ClientCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final void run() {
        BricklayerClient client = root().client();
        if (!root().dryRun() && !explains()) {
            run(client);
            return;
        }
        if (!canBePlanned()) {
            throw misuse("--dry-run is not for this command; nothing was done");
        }
        client.plan(this::run).ifPresent(this::show);
    }

    private void show(PlanInfo plan) {
        Output output = Output.of(spec.commandLine()).orElse(root().output());
        show(output, plan, () -> printText(PlanText.of(plan, explains())));
    }

    /**
     * Prints what the server answered in the form that was asked for; all commands that show something come here.
     *
     * @param answer a record of the wire, or JSON as it came
     * @param text prints it as heketi-cli does, or for people where that shows no such thing
     */
    final void show(Output output, Object answer, Runnable text) {
        print(output.form(this).orElse(OutputForm.TEXT), () -> answer, () -> Tree.table(tree(answer)), text);
    }

    /**
     * The same for what people want to see as a table, which is not put together for programs. By the name of heketi-cli it is text.
     */
    final void list(Output output, Supplier<Object> answer, Supplier<Table> table, Runnable text) {
        boolean asHeketi = root().surroundings().asHeketi();
        print(output.form(this).orElse(asHeketi ? OutputForm.TEXT : OutputForm.TABLE), answer, table, text);
    }

    private void print(OutputForm form, Supplier<Object> answer, Supplier<Table> table, Runnable text) {
        switch (form.kind()) {
            case TEXT -> text.run();
            case TABLE -> print(table.get(), false);
            case WIDE -> print(table.get(), true);
            case JSON, YAML, TEMPLATE -> print(form, answer.get());
        }
    }

    private void print(Table table, boolean wide) {
        OptionalInt width =
                wide ? OptionalInt.empty() : root().surroundings().terminal().width();
        out().print(table.render(wide, width, root().style()));
        out().flush();
        if (table.isEmpty() && root().surroundings().terminal().watched()) {
            note("There are none.");
        }
    }

    /** One of several answers, each on its own. */
    final void printStructured(Output output, Object answer) {
        OutputForm form = output.form(this).orElse(OutputForm.JSON);
        if (form.kind() == OutputForm.Kind.YAML) {
            out().println("---");
        }
        print(form, answer);
    }

    private void print(OutputForm form, Object answer) {
        switch (form.kind()) {
            case YAML -> printText(Yaml.write(tree(answer)));
            case TEMPLATE -> printText(form.template().orElseThrow().fill(tree(answer)));
            default -> printText(answer instanceof String json ? json : WireJson.write(answer));
        }
    }

    private static Object tree(Object answer) {
        return Tree.of(answer instanceof String json ? json : WireJson.write(answer));
    }

    /** What may stand for ids in the arguments. */
    final Names names(BricklayerClient client) {
        return root().surroundings().asHeketi() ? Names.idsOnly(client) : Names.of(client);
    }

    /** Whether a dry run was asked for that tells of places, too. */
    boolean explains() {
        return false;
    }

    /** False for commands that ask for several changes, of which each depends on the one before. */
    boolean canBePlanned() {
        return true;
    }

    abstract void run(BricklayerClient client);

    final RootCommand root() {
        return (RootCommand) spec.root().userObject();
    }

    final PrintWriter out() {
        return root().surroundings().out();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    final void say(String format, Object... values) {
        out().println(String.format(Locale.ROOT, format, values));
    }

    /** Ends the line, which heketi-cli does not. */
    final void printText(String text) {
        boolean ended = root().surroundings().asHeketi() || text.endsWith("\n");
        out().print(ended ? text : text + "\n");
        out().flush();
    }

    /** Beside the output proper. */
    final void note(String text) {
        PrintWriter err = root().surroundings().err();
        err.println(text);
    }

    final ParameterException misuse(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
