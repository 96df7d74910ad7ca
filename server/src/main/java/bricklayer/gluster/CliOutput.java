package bricklayer.gluster;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** The {@code <cliOutput>} of {@code gluster --xml}. It comes with exit status 0 even for a failure: {@code opRet} tells. */
final class CliOutput {

    private static final Pattern RESULT = Pattern.compile("-?\\d+");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    /** Of an answer that cannot be read, in a message. */
    private static final int SHOWN_MAX = 1000;

    private static final char REPLACEMENT = '\ufffd'; // what bytes that are not UTF-8 become

    private final XmlElement root;
    private final int status;

    private CliOutput(XmlElement root, int status) {
        this.root = root;
        this.status = status;
    }

    /**
     * @throws UnreadableAnswer when the output is not one whole {@code <cliOutput>}
     */
    static CliOutput read(Exited answer) {
        return read(answer, answer.status(), 0, answer.out().length(), List.of(), element -> {});
    }

    /**
     * Reads a part of what was answered, which ended with a status of its own. Elements at the end of a path below the root are given away one by one, and are not in what is returned. Whoever takes them must forget them when this fails.
     *
     * @throws UnreadableAnswer when the part is not one whole {@code <cliOutput>}
     */
    static CliOutput read(Exited answer, int status, int begin, int end, List<String> path, Consumer<XmlElement> sink) {
        int damage = answer.out().indexOf(REPLACEMENT, begin, end);
        if (damage >= 0) {
            throw new UnreadableAnswer("damaged bytes in gluster's answer");
        }
        int from = begin;
        while (from < end && Character.isWhitespace(answer.out().charAt(from))) {
            from++;
        }
        CharSequence text = CharBuffer.wrap(answer.out(), from, end);
        try {
            XmlElement root = CliXml.read(text, path, sink);
            if (!root.name().equals("cliOutput")) {
                throw new UnreadableAnswer("gluster answered <" + root.name() + ">");
            }
            if (!RESULT.matcher(text(root, "opRet")).matches()) {
                throw new UnreadableAnswer("no result in gluster's answer: " + excerpt(text));
            }
            return new CliOutput(root, status);
        } catch (XMLStreamException e) {
            throw new UnreadableAnswer(
                    "gluster ended with status " + status + " and without readable XML: "
                            + excerpt(answer.err().isBlank() ? text : answer.err()),
                    e);
        }
    }

    static String excerpt(CharSequence text) {
        String shown = text.subSequence(0, Math.min(text.length(), SHOWN_MAX))
                .toString()
                .strip();
        return text.length() > SHOWN_MAX ? shown + " ..." : shown;
    }

    boolean succeeded() {
        return status == 0 && text(root, "opRet").equals("0");
    }

    String error() {
        return text(root, "opErrstr");
    }

    /**
     * The children of that name of the element at the end of a path below the root, in order. gluster counts them, too.
     *
     * @throws UnreadableAnswer when gluster says that it failed, there is no such element, or it does not hold as many as it says in {@code <count>}
     */
    List<XmlElement> counted(String name, String... path) {
        XmlElement list = list(path);
        List<XmlElement> found = children(list, name);
        requireCount(text(list, "count"), found.size(), name);
        return found;
    }

    /**
     * The element at the end of a path below the root.
     *
     * @throws UnreadableAnswer when gluster says that it failed, or there is no such element
     */
    XmlElement list(String... path) {
        if (!succeeded()) {
            throw new UnreadableAnswer("gluster failed with status " + status + ": " + error());
        }
        XmlElement element = root;
        for (String name : path) {
            element = child(element, name)
                    .orElseThrow(() -> new UnreadableAnswer("no <" + name + "> in gluster's answer"));
        }
        return element;
    }

    static void requireCount(String said, int found, String name) {
        if (!said.equals(String.valueOf(found))) {
            throw new UnreadableAnswer("gluster says it counts '" + said + "' of <" + name + ">, but shows " + found);
        }
    }

    static List<XmlElement> children(XmlElement parent, String name) {
        List<XmlElement> found = new ArrayList<>();
        for (XmlElement child : parent.children()) {
            if (child.name().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The text of a direct child; empty when there is none. */
    static String text(XmlElement parent, String child) {
        for (XmlElement found : parent.children()) {
            if (found.name().equals(child)) {
                return found.text();
            }
        }
        return "";
    }

    static Optional<XmlElement> child(XmlElement parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    /**
     * @throws UnreadableAnswer when the text of a direct child has not that shape
     */
    static String text(XmlElement parent, String child, Pattern shape) {
        return shaped(text(parent, child), child, shape);
    }

    /**
     * A whole number that gluster may leave out, which counts as 0.
     *
     * @throws UnreadableAnswer when the child says anything else
     */
    static int number(XmlElement parent, String child) {
        String text = text(parent, child);
        return text.isEmpty() ? 0 : Integer.parseInt(shaped(text, child, COUNT));
    }

    static String shaped(String text, String name, Pattern shape) {
        if (!shape.matcher(text).matches()) {
            throw new UnreadableAnswer("<" + name + "> of gluster's answer cannot be '" + text + "'");
        }
        return text;
    }
}
