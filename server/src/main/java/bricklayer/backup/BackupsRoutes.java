package bricklayer.backup;

import bricklayer.api.BackupList;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/** {@code /backups}: the backups that this server makes by itself, and one more. */
public final class BackupsRoutes implements Routes {

    private final Optional<Backups> backups;

    /**
     * @param backups empty when none are made
     */
    public BackupsRoutes(Optional<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public void mount(Router router) {
        router.get("/backups", this::list).post("/backups", this::make);
    }

    private void list(Context ctx) {
        Replies.json(
                ctx,
                backups.map(BackupsRoutes::describe)
                        .orElseGet(() -> new BackupList("", 0, 0, "", java.util.List.of())));
    }

    private void make(Context ctx) {
        Backups configured = backups.orElseThrow(() -> Problem.conflict("No folder for backups is configured")
                .next("set bricklayer.backup.folder and restart the server, or take GET /backup/db"));
        configured.now();
        Replies.json(ctx, 201, describe(configured));
    }

    private static BackupList describe(Backups backups) {
        return new BackupList(
                backups.settings().folder().toString(),
                backups.settings().period().toMinutes(),
                backups.settings().kept(),
                backups.lastGood().map(Instant::toString).orElse(""),
                backups.list().stream().map(BackupsRoutes::describe).toList());
    }

    private static BackupList.Backup describe(BackupFile file) {
        try {
            return new BackupList.Backup(
                    String.valueOf(file.file().getFileName()),
                    file.taken().toString(),
                    file.sequence(),
                    Files.size(file.file()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file.file(), e);
        }
    }
}
