package bricklayer.gluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An element of gluster's XML: its attributes, its own text without the blanks around it, and the elements in it. Filled by {@link CliXml}, and for reading from then on. */
final class XmlElement {

    private final String name;
    private Map<String, String> attributes = Map.of();
    private List<XmlElement> children = List.of();
    private String text = "";

    XmlElement(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Empty when there is none of that name. */
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    List<XmlElement> children() {
        return children;
    }

    String text() {
        return text;
    }

    void put(String key, String value) {
        if (attributes.isEmpty()) {
            attributes = new HashMap<>();
        }
        attributes.put(key, value);
    }

    void add(XmlElement child) {
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(child);
    }

    /** Text comes in pieces, with elements between them. */
    void append(String piece) {
        text = text.isEmpty() ? piece : text + piece;
    }

    void end() {
        text = text.strip();
    }
}
