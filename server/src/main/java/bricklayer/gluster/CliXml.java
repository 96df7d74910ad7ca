package bricklayer.gluster;

import bricklayer.host.UnreadableAnswer;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML from its beginning to its end, and gives the elements of a long list away one by one, for the answer about a large cluster has a hundred megabytes. */
final class CliXml {

    private static final XMLInputFactory FACTORY = factory();

    private CliXml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    /**
     * Returns the root, without what was given away.
     *
     * @param path names of elements from below the root to those that are given away; empty to keep all
     * @throws XMLStreamException when it is not one whole document, or declares a type. Some may have been given away by then
     */
    static XmlElement read(CharSequence text, List<String> path, Consumer<XmlElement> sink) throws XMLStreamException {
        XMLStreamReader reader;
        synchronized (FACTORY) { // nobody promises that it may be shared
            reader = FACTORY.createXMLStreamReader(Reader.of(text));
        }
        try {
            return read(reader, path, sink);
        } catch (UnreadableAnswer | XMLStreamException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new XMLStreamException("the parser cannot go on: " + e.getMessage(), e);
        } finally {
            reader.close();
        }
    }

    private static XmlElement read(XMLStreamReader reader, List<String> path, Consumer<XmlElement> sink)
            throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement root = new XmlElement("");
        // how many of the open elements below the root lie on the path
        int onPath = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = started(reader);
                    if (open.isEmpty()) {
                        root = element;
                    } else if (onPath == open.size() - 1
                            && onPath < path.size()
                            && path.get(onPath).equals(element.name())) {
                        onPath++;
                    }
                    open.push(element);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    XmlElement element = open.peek();
                    if (element != null
                            && (!reader.isWhiteSpace() || !element.text().isEmpty())) {
                        element.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement element = open.pop();
                    element.end();
                    boolean wasOnPath = onPath > 0 && onPath == open.size();
                    if (wasOnPath && onPath == path.size()) {
                        sink.accept(element);
                    } else if (!open.isEmpty()) {
                        open.element().add(element);
                    }
                    if (wasOnPath) {
                        onPath--;
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("it declares a type of document");
                default -> {
                    // comments, blanks, the end
                }
            }
        }
        return root;
    }

    private static XmlElement started(XMLStreamReader reader) {
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }
}
