package bricklayer.client;

/** The server could not do it (5xx): no space, a node that did not do what it was told, or a fault of its own. */
public class ServerFailed extends RequestRefused {

    ServerFailed(Answer answer) {
        super(answer);
    }
}
