package bricklayer.client;

/** The server was too busy (429), again and again. */
public class ServerBusy extends RequestRefused {

    ServerBusy(Answer answer) {
        super(answer);
    }
}
