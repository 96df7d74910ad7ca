package bricklayer.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one JSON document member by member, spelled as {@link WireJson} does, indented by four spaces, with a newline at the end. What was written is passed on and not kept, so a
 * document may be larger than memory. Not closing one leaves it unfinished. One thread. Each method throws {@link UncheckedIOException} when the stream takes no more.
 */
public final class WireStream implements Closeable {

    private final JsonGenerator out;
    /** @param out of {@link WireJson}'s mapper, which alone knows how the records of this package are written */
    WireStream(JsonGenerator out) {
        this.out = out;
    }

    private interface Act {
        void run() throws IOException;
    }

    /** Begins the document, which is an object, or an object in an array. */
    public WireStream beginObject() {
        return does(out::writeStartObject);
    }

    public WireStream beginObject(String name) {
        return does(() -> out.writeObjectFieldStart(name));
    }

    public WireStream endObject() {
        return does(out::writeEndObject);
    }

    /** A member of the object that was begun last; its value is written whole. */
    public WireStream member(String name, Object value) {
        return does(() -> {
            out.writeFieldName(name);
            out.writePOJO(value);
        });
    }

    /** Ends the document and flushes the stream below, which stays open. */
    @Override
    public void close() {
        does(() -> {
            out.writeRaw('\n');
            out.close();
        });
    }

    private WireStream does(Act act) {
        try {
            act.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the reader went away before the document was written", e);
        }
    }
}
