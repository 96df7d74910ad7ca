package bricklayer.client;

/** The operation was accepted, failed later, and was taken back by the server. */
public class OperationFailed extends ServerFailed {

    OperationFailed(Answer answer) {
        super(answer);
    }
}
