package bricklayer.glusterblock;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One JSON object, as {@code --json} has it. What cannot be read is never quoted in a complaint: it may be a password.
 */
final class BlockAnswer {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode json;

    private BlockAnswer(JsonNode json) {
        this.json = json;
    }

    /**
     * @throws UnreadableAnswer when the output is not one whole object
     */
    static BlockAnswer read(Exited answer) {
        // which stream it writes to has changed between versions
        String text = answer.out().isBlank() ? answer.err() : answer.out();
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswer("not an answer of gluster-block: no JSON");
        }
        if (json == null || !json.isObject()) {
            throw new UnreadableAnswer("not an answer of gluster-block: no JSON object");
        }
        return new BlockAnswer(json);
    }

    boolean failed() {
        return json.path("RESULT").asText("").equals("FAIL");
    }

    /** Why it failed; empty when it did not say. */
    String error() {
        return json.path("errMsg").asText("").strip();
    }

    /**
     * @throws UnreadableAnswer when there is no such text, or one of another shape
     */
    String text(String name, Pattern shape) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || !shape.matcher(value.textValue()).matches()) {
            throw new UnreadableAnswer("no sound " + name + " in gluster-block's answer");
        }
        return value.textValue();
    }

    int number(String name) {
        JsonNode value = json.path(name);
        if (!value.isInt() || value.intValue() < 1) {
            throw new UnreadableAnswer("no sound " + name + " in gluster-block's answer");
        }
        return value.intValue();
    }

    List<String> texts(String name, Pattern shape) {
        JsonNode values = json.path(name);
        if (!values.isArray()) {
            throw new UnreadableAnswer("no list " + name + " in gluster-block's answer");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isTextual() || !shape.matcher(value.textValue()).matches()) {
                throw new UnreadableAnswer("no sound entry of " + name + " in gluster-block's answer");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    /** Entries of an object that may be missing; a null value becomes an empty text. */
    Map<String, String> entries(String name, Pattern shape) {
        JsonNode values = json.path(name);
        if (!values.isObject() && !values.isMissingNode()) {
            throw new UnreadableAnswer("no object " + name + " in gluster-block's answer");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        values.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNull()
                    && !(value.isTextual() && shape.matcher(value.textValue()).matches())) {
                throw new UnreadableAnswer("no sound entry of " + name + " in gluster-block's answer");
            }
            entries.put(entry.getKey(), value.isNull() ? "" : value.textValue());
        });
        return entries;
    }
}
