package bricklayer.client;

/** User, key, clock or rights are wrong (401, 403). */
public class NotAuthorised extends RequestRefused {

    NotAuthorised(Answer answer) {
        super(answer);
    }
}
