package bricklayer.dump;

import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.store.log.LogStore;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code /backup}: everything this server remembers as one file, under the name that Heketi's scripts save it by. */
public final class BackupRoutes implements Routes {

    private final LogStore store;

    public BackupRoutes(LogStore store) {
        this.store = store;
    }

    @Override
    public void mount(Router router) {
        router.get("/backup/db", this::backup);
    }

    private void backup(Context ctx) throws IOException {
        try (LogStore.Backup backup = store.backup()) {
            Replies.attachment(ctx, "heketi.db", backup.content(), backup.length());
        }
    }
}
