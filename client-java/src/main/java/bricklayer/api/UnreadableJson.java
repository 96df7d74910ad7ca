package bricklayer.api;

/** A text is not the JSON that was expected. The message says where and why. */
public class UnreadableJson extends RuntimeException {

    UnreadableJson(String message, Throwable cause) {
        super(message, cause);
    }
}
