# Found with seed 18. A flush of the log fails, the server is restarted, and what lies in the page cache is taken for
# durable, though Linux will not write it again. The power cut then leaves a hole in the log: the records are read-only.
18 3
0 FLUSH_FAILS 0 0 0
0 CREATE 0 0 0
1301 UNREACHABLE 0 507 0
0 SERVER_POWER_CUT 225 0 0
