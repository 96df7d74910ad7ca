package bricklayer.inventory;

/** What an initiator logs in with. Both are empty for a block volume without authentication. The password is shown in answers about the block volume and nowhere else. */
public record Chap(String user, String password) {

    public static final Chap NONE = new Chap("", "");

    /** Without the password. */
    @Override
    public String toString() {
        return "Chap[user=" + user + ", password=" + (password.isEmpty() ? "" : "******") + "]";
    }
}
