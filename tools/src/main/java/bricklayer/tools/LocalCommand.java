package bricklayer.tools;

import bricklayer.api.WireJson;
import bricklayer.tools.output.Table;
import bricklayer.tools.output.Tree;
import bricklayer.tools.output.Yaml;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that shows something, in the forms that {@link Output} knows. */
abstract class LocalCommand implements Runnable {

    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private @Nullable RootCommand root;

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
            case TABLE -> show(table.get(), false);
            case WIDE -> show(table.get(), true);
            case JSON, YAML, TEMPLATE -> print(form, answer.get());
        }
    }

    /** A table where no other form was asked for. */
    final void show(Table table, boolean wide) {
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

    /** Instead of picocli's answer, where that was not asked. */
    final void partOf(RootCommand whole) {
        this.root = whole;
    }

    /** Whether picocli knows nothing of this run. */
    final boolean cutShort() {
        return root != null;
    }

    final RootCommand root() {
        return root == null ? (RootCommand) spec.root().userObject() : root;
    }

    final PrintWriter out() {
        return root().curl() ? NOWHERE : root().surroundings().out();
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

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final ParameterException misuse(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
