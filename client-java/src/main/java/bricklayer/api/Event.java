package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of {@code GET /events}: what became of one object or operation in one durable write.
 *
 * @param position to go on from: {@code after} or {@code Last-Event-ID}. Opaque but for its beginning, which is the sequence
 * @param sequence number of the write in the journal; several events share one
 * @param time of the write, as in {@code 2026-11-21T14:00:00.125Z}
 * @param kind {@code cluster}, {@code node}, {@code device}, {@code volume}, {@code brick}, {@code blockvolume} or {@code operation}
 * @param type {@code created}, {@code changed} or {@code deleted}; of an operation {@code begun}, {@code pivoted}, {@code retrying}, {@code undoing}, {@code resumed}, {@code ended}, {@code failed},
 *     {@code changed} or {@code forgotten}
 * @param id of the object or operation
 * @param cluster that it belongs to; empty when it cannot be told
 * @param operation that did it; empty when none did
 * @param object as {@code GET} shows it after the write, for one that was deleted as it was before; passwords are left out
 */
public record Event(
        String position,
        long sequence,
        String time,
        String kind,
        String type,
        String id,
        @JsonInclude(Include.NON_EMPTY) String cluster,
        @JsonInclude(Include.NON_EMPTY) String operation,
        Object object) {

    public Event {
        position = Absent.text(position);
        time = Absent.text(time);
        kind = Absent.text(kind);
        type = Absent.text(type);
        id = Absent.text(id);
        cluster = Absent.text(cluster);
        operation = Absent.text(operation);
        object = orNothing(object);
    }

    private static Object orNothing(@Nullable Object value) {
        return value == null ? Map.of() : value;
    }

    /**
     * The object as the record that answers for it, such as {@link VolumeInfo} for a volume.
     *
     * @throws UnreadableJson when it does not have that shape
     */
    public <T> T objectAs(Class<T> type) {
        return WireJson.read(WireJson.write(object), type);
    }
}
