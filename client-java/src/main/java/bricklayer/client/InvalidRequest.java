package bricklayer.client;

/** The request makes no sense to the server (400, 422). */
public class InvalidRequest extends RequestRefused {

    InvalidRequest(Answer answer) {
        super(answer);
    }
}
