package bricklayer.gluster;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The {@code <cliOutput>} of {@code gluster --xml}. It comes with exit status 0 even for a failure: {@code opRet} tells. */
final class CliOutput {

    private static final Pattern RESULT = Pattern.compile("-?\\d+");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final char REPLACEMENT = '\ufffd'; // what bytes that are not UTF-8 become

    private final Element root;
    private final int status;

    private CliOutput(Element root, int status) {
        this.root = root;
        this.status = status;
    }

    /**
     * @throws UnreadableAnswer when the output is not one whole {@code <cliOutput>}
     */
    static CliOutput read(Exited answer) {
        if (answer.out().indexOf(REPLACEMENT) >= 0) {
            throw new UnreadableAnswer("damaged bytes in gluster's answer");
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            Element root = builder.parse(
                            new InputSource(new StringReader(answer.out().strip())))
                    .getDocumentElement();
            if (!root.getTagName().equals("cliOutput")) {
                throw new UnreadableAnswer("gluster answered <" + root.getTagName() + ">");
            }
            if (!RESULT.matcher(text(root, "opRet")).matches()) {
                throw new UnreadableAnswer("no result in gluster's answer: " + answer.out());
            }
            return new CliOutput(root, answer.status());
        } catch (SAXException | IOException e) {
            throw new UnreadableAnswer(
                    "gluster ended with status " + answer.status() + " and without readable XML: "
                            + (answer.err().isBlank() ? answer.out() : answer.err()).strip(),
                    e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML parser that refuses document types", e);
        }
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
    List<Element> counted(String name, String... path) {
        Element list = list(path);
        List<Element> found = children(list, name);
        requireCount(text(list, "count"), found.size(), name);
        return found;
    }

    /**
     * The element at the end of a path below the root.
     *
     * @throws UnreadableAnswer when gluster says that it failed, or there is no such element
     */
    Element list(String... path) {
        if (!succeeded()) {
            throw new UnreadableAnswer("gluster failed with status " + status + ": " + error());
        }
        Element element = root;
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

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The text of a direct child; empty when there is none. */
    static String text(Element parent, String child) {
        return child(parent, child).map(found -> found.getTextContent().strip()).orElse("");
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    /**
     * @throws UnreadableAnswer when the text of a direct child has not that shape
     */
    static String text(Element parent, String child, Pattern shape) {
        return shaped(text(parent, child), child, shape);
    }

    /**
     * A whole number that gluster may leave out, which counts as 0.
     *
     * @throws UnreadableAnswer when the child says anything else
     */
    static int number(Element parent, String child) {
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
