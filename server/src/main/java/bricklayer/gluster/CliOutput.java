package bricklayer.gluster;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final Element root;

    private CliOutput(Element root) {
        this.root = root;
    }

    /**
     * @throws UnreadableAnswer when the output is not one whole {@code <cliOutput>}
     */
    static CliOutput read(Exited answer) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
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
            return new CliOutput(root);
        } catch (SAXException e) {
            throw new UnreadableAnswer(
                    "gluster ended with status " + answer.status() + " and without readable XML: "
                            + (answer.err().isBlank() ? answer.out() : answer.err()).strip(),
                    e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("reading XML from memory", e);
        }
    }

    boolean succeeded() {
        return text(root, "opRet").equals("0");
    }

    String error() {
        return text(root, "opErrstr");
    }

    /**
     * @throws UnreadableAnswer when gluster says that it failed
     */
    CliOutput orFail() {
        if (!succeeded()) {
            throw new UnreadableAnswer("gluster failed: " + error());
        }
        return this;
    }

    /** All elements of that name below the root, in order. */
    List<Element> all(String name) {
        return all(root, name);
    }

    static List<Element> all(Element from, String name) {
        List<Element> found = new ArrayList<>();
        var nodes = from.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    /** The text of a direct child; empty when there is none. */
    static String text(Element parent, String child) {
        return child(parent, child).map(found -> found.getTextContent().strip()).orElse("");
    }

    static Optional<Element> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
