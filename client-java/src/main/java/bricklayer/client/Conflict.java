package bricklayer.client;

/** Something else has to happen first: an object is in use or not empty (409). */
public class Conflict extends RequestRefused {

    Conflict(Answer answer) {
        super(answer);
    }
}
