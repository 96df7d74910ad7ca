package bricklayer.api;

import java.util.List;

/**
 * Answer of {@code GET /healthz/live} and {@code GET /healthz/ready}, with 200 unless the status is {@code fail}, then with 503.
 *
 * @param status the worst of the checks: {@code ok}; {@code warn} when a person should look but all is served; {@code fail}
 */
public record Probe(String status, List<Check> checks) {

    public static final String OK = "ok";
    public static final String WARN = "warn";
    public static final String FAIL = "fail";

    public Probe {
        status = Absent.text(status);
        checks = Absent.list(checks);
    }

    public boolean passed() {
        return !status.equals(FAIL);
    }

    /**
     * One thing that was looked at.
     *
     * @param status {@code ok}, {@code warn} or {@code fail}
     * @param what how it is
     */
    public record Check(String name, String status, String what) {

        public Check {
            name = Absent.text(name);
            status = Absent.text(status);
            what = Absent.text(what);
        }
    }
}
