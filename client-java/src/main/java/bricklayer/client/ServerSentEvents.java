package bricklayer.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Bytes of {@code text/event-stream}, in parts of any size, taken apart. One thread. */
final class ServerSentEvents {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String id = "";
    private String event = "";
    private boolean begun;

    /**
     * What came between two empty lines.
     *
     * @param data empty for a mere sign of life
     */
    record Block(String id, String event, String data) {}

    /**
     * @param sink gets each block as soon as it is whole, those without an id left out
     */
    void take(ByteBuffer bytes, Consumer<Block> sink) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                take(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, sink);
            } else {
                line.write(next);
            }
        }
    }

    private void take(String text, Consumer<Block> sink) {
        if (text.isEmpty()) {
            if (!id.isEmpty()) {
                sink.accept(new Block(id, event, data.toString()));
            }
            reset();
            return;
        }
        begun = true;
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {} // a comment, or what a later release says
        }
    }

    /** Whether what came so far ends with a whole block. */
    boolean isBetweenBlocks() {
        return !begun && line.size() == 0;
    }

    /** Forgets what is not whole. */
    void reset() {
        line.reset();
        data.setLength(0);
        id = "";
        event = "";
        begun = false;
    }
}
