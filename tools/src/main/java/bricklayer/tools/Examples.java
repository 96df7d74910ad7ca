package bricklayer.tools;

/** What helps end with, so that nobody has to look elsewhere for the form of a file. */
final class Examples {

    static final String HEADING = "%nExample:%n";

    static final String TOPOLOGY = """
              {"clusters": [{"nodes": [
                {"node": {"hostnames": {"manage": ["node1"],
                          "storage": ["192.0.2.1"]}, "zone": 1},
                 "devices": ["/dev/sdb"]}
              ]}]}

            The server reaches a node by "manage"; gluster and clients by "storage".
            The bricks of a set go to different nodes, and zones if they can: a volume
            of three copies takes three nodes.""";

    static final String SERVER = """
              {"port": "8080",
               "jwt": {"admin": {"key": "CHANGE ME"}, "user": {"key": "CHANGE ME TOO"}},
               "glusterfs": {"executor": "ssh", "sshexec":
                 {"keyfile": "/etc/bricklayer/id_ed25519", "user": "root"}},
               "bricklayer": {"data": "/var/lib/bricklayer/data"}}

            in a file that only its owner can read. To try it out without nodes:
            "executor": "mock", or bricklayer quickstart.""";

    static final String CONTEXT = """
              bricklayer context set prod --server http://storage:8080 \\
                --user admin --secret -
              bricklayer volume list
            """;

    private Examples() {}
}
