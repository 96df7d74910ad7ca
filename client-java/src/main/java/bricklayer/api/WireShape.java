package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * What a record of this package looks like as JSON, told from its components as {@link WireJson} writes them; for descriptions of the API.
 *
 * @param members in the order they are written
 * @param open whether members with other names may follow
 */
public record WireShape(List<Member> members, boolean open) {

    /**
     * One member of the object.
     *
     * @param type what the record holds there: a primitive, a {@code String}, a record, or a list or map of these
     * @param always whether it is written even when it is empty, zero or false
     */
    public record Member(String name, Type type, boolean always) {}

    public static WireShape of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type + " is not a record");
        }
        List<Member> members = new ArrayList<>();
        boolean open = false;
        for (RecordComponent component : components) {
            Method accessor = component.getAccessor();
            if (accessor.isAnnotationPresent(JsonAnyGetter.class)) {
                open = true;
                continue;
            }
            JsonProperty named = accessor.getAnnotation(JsonProperty.class);
            members.add(new Member(
                    named == null ? component.getName() : named.value(),
                    component.getGenericType(),
                    !accessor.isAnnotationPresent(JsonInclude.class) && !type.isAnnotationPresent(JsonInclude.class)));
        }
        return new WireShape(List.copyOf(members), open);
    }
}
