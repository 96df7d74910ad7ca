package bricklayer.client;

/** What the request names is not there (404). */
public class NotFound extends RequestRefused {

    NotFound(Answer answer) {
        super(answer);
    }
}
