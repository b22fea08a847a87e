/**
 * Configurations to put to the real HAProxy. On this machine's loopback 20080 carries the traffic and answers HTTP with 200; 20200
 * and 20503 answer as kube-proxy's health-check node port does with and without a pod; nobody listens on 20999.
 */
const T = "127.0.0.1:20080";

/** What becomes of servers: which are up, what they weigh, which are backups. */
export const SERVERS = [
  [
    "a check without more only connects",
    "listen web\n mode tcp\n server s 127.0.0.1:20080 check port 20503\n server t 127.0.0.1:20080 check port 20999",
  ],
  [
    "a check of the traffic port",
    `listen web\n mode tcp\n server s ${T} check\n server t 127.0.0.1:20999 check`,
  ],
  [
    "option httpchk reads the status, 2xx and 3xx pass",
    `listen web\n mode tcp\n option httpchk GET /healthz\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "a status that is expected",
    `listen web\n option httpchk\n http-check expect status 200\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "a list of statuses",
    `listen web\n option httpchk\n http-check expect status 200-204,503\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "a status that is not to be",
    `listen web\n option httpchk\n http-check expect ! status 503\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "an expression for the status",
    `listen web\n option httpchk\n http-check expect rstatus ^5\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "an expression that is not to match",
    `listen web\n option httpchk\n http-check expect !rstatus ^5\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "two expectations have both to hold",
    `listen web\n option httpchk\n http-check expect status 200-599\n http-check expect ! rstatus ^5\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "rules without their option are ignored",
    `listen web\n http-check expect status 200\n server s ${T} check port 20503`,
  ],
  [
    "defaults pass on option and rules",
    `defaults\n option httpchk\n http-check expect status 503\nlisten web\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "a rule of one's own replaces all rules of the defaults",
    `defaults\n option httpchk\n http-check expect status 503\nlisten web\n http-check send meth GET uri /\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "the option again replaces the rules too",
    `defaults\n option httpchk\n http-check expect status 503\nlisten web\n option httpchk\n server s ${T} check port 20503\n server t ${T} check port 20200`,
  ],
  [
    "of two options the last one counts",
    `listen web\n option httpchk\n option tcp-check\n server s ${T} check port 20503`,
  ],
  [
    "of two options the last one counts, the other way",
    `listen web\n option tcp-check\n option httpchk\n server s ${T} check port 20503`,
  ],
  [
    "defaults by name",
    `defaults plain\n mode tcp\ndefaults http\n mode tcp\n option httpchk\nbackend a from plain\n server s ${T} check port 20503\nbackend b from http\n server s ${T} check port 20503\nbackend c\n server s ${T} check port 20503`,
  ],
  [
    "defaults from defaults",
    `defaults http\n option httpchk\ndefaults more from http\n timeout check 1s\nbackend a from more\n server s ${T} check port 20503`,
  ],
  [
    "defaults without a name reset everything",
    `defaults\n option httpchk\ndefaults\n timeout check 1s\nbackend a\n server s ${T} check port 20503`,
  ],
  ["no check at all", `listen web\n option httpchk\n server s 127.0.0.1:20999 port 20503 inter 1s`],
  [
    "default-server speaks for those after it",
    `listen web\n server s ${T}\n default-server check port 20999\n server t ${T}\n server u ${T} no-check`,
  ],
  [
    "default-server adds to default-server",
    `defaults\n default-server port 20503\nlisten web\n option httpchk\n default-server check\n server s ${T}\n server t ${T} port 20200`,
  ],
  [
    "a check with a port of its own has no PROXY header",
    `listen web\n option httpchk\n server s ${T} send-proxy-v2 check port 20200\n server t ${T} send-proxy check port 20200`,
  ],
  [
    "unless it is forced",
    `listen web\n option httpchk\n server s ${T} send-proxy-v2 check port 20200 check-send-proxy\n server t ${T} check port 20200 check-send-proxy\n server u ${T} check port 20200 check-send-proxy no-check-send-proxy`,
  ],
  [
    "a check of the traffic port has the traffic's header",
    `listen web\n option httpchk\n server s ${T} send-proxy check\n server t ${T} send-proxy-v2 no-send-proxy-v2 check\n server u ${T} check`,
  ],
  [
    "an address of the check's own takes the header away too",
    `listen web\n option httpchk\n server s ${T} send-proxy check addr 127.0.0.1`,
  ],
  [
    "a header before a check that only connects does no harm",
    `listen web\n mode tcp\n server s ${T} check port 20503 check-send-proxy`,
  ],
  [
    "TLS on a port without it",
    `listen web\n option httpchk\n server s ${T} check port 20200 check-ssl verify none\n server t ${T} ssl verify none check port 20200\n server u ${T} ssl verify none check`,
  ],
  [
    "a handshake on a port without TLS",
    `listen web\n mode tcp\n server s ${T} check port 20200 check-ssl verify none`,
  ],
  [
    "http-check connect says the port",
    `listen web\n option httpchk\n http-check connect port 20503\n http-check send meth GET uri /\n http-check expect status 200\n server s ${T} check port 20200`,
  ],
  [
    "http-check connect without default forgets the server's header",
    `listen web\n option httpchk\n http-check connect\n http-check send meth GET uri /\n server s ${T} send-proxy check`,
  ],
  [
    "http-check connect default keeps it",
    `listen web\n option httpchk\n http-check connect default\n http-check send meth GET uri /\n server s ${T} send-proxy check`,
  ],
  [
    "http-check connect send-proxy",
    `listen web\n option httpchk\n http-check connect port 20200 send-proxy\n http-check send meth GET uri /\n server s ${T} check`,
  ],
  [
    "tcp-check that only connects elsewhere",
    `listen web\n mode tcp\n option tcp-check\n tcp-check connect port 20503\n server s 127.0.0.1:20999 check`,
  ],
  [
    "a server that follows another",
    `listen web\n option httpchk\n server s ${T} check port 20503\n server t ${T} track s\nbackend b\n server u ${T} track web/t\n server v ${T} check\n server w ${T} track b/v`,
  ],
  [
    "disabled, and enabled after all",
    `listen web\n mode tcp\n server s ${T} check disabled\n server t ${T} check disabled enabled`,
  ],
  [
    "weights and backups",
    `listen web\n mode tcp\n default-server weight 10\n server s ${T}\n server t ${T} weight 0\n server u ${T} weight 256 backup\n server v ${T} backup no-backup`,
  ],
  [
    "quotes, escapes and comments",
    `listen web # the site\n  mode "tcp"\n option httpchk GET '/h?q="'# comment\n server s\\x31 '127.0.0.1':"20080" "che"c'k' port 20\\x35\\x303 # no check\n\tserver t\t127.0.0.1:20080\tcheck#port 20999`,
  ],
  [
    "conditional blocks that can be told",
    `.if 0\nlisten gone\n server s ${T}\n.elif 1\nlisten web\n mode tcp\n.else\n broken here\n.endif\n server s ${T} check port 20503`,
  ],
  [
    "words of an argument are none of the server's settings",
    `listen web\n mode tcp\n server s ${T} cookie check id 7 observe layer4 source 127.0.0.1 usesrc clientip`,
  ],
  [
    "addresses",
    `listen web\n mode tcp\n server s ipv4@127.0.0.1:20080 check\n server t [::ffff:127.0.0.1]:20080 check\n server u ::ffff:127.0.0.1:20080 check`,
  ],
];

/** What HAProxy takes, and the line that it names first where it refuses. */
export const TEXTS = [
  "listen web\n bind :20001\n server s 192.0.2.1:80 check\n",
  "listen web\r\n bind :20001\r\n server s 192.0.2.1:80 check\r\n",
  "# nothing but a comment\nglobal\n daemon\n",
  "mode tcp\nlisten web\n bind :20001\n",
  "listen\n bind :20001\n",
  "backend\n",
  "frontend # web\n",
  "defaults\n mode tcp\n",
  "backend a from nobody\n server s 192.0.2.1:80\n",
  "backend a from late\n server s 192.0.2.1:80\ndefaults late\n",
  "defaults early\nbackend a from early\n server s 192.0.2.1:80\n",
  "defaults from nobody\n",
  "backend a\n server\n",
  "backend a\n server s\n",
  'backend a\n server s ""\n',
  "backend a\n server-template s 3 192.0.2.1:80\n",
  "backend a\n server-template s 192.0.2.1:80\n",
  "backend a\n server s 192.0.2.1:99999\n",
  "backend a\n server s 192.0.2.1:http\n",
  "backend a\n server s 192.0.2.1\n",
  "backend a\n server s 192.0.2.1:+100\n",
  "backend a\n server s [2001:db8::1]:80\n",
  "backend a\n server s unix@/run/s.sock\n",
  "backend a\n server s :80\n",
  'backend a\n server s "192.0.2.1:80\n',
  "backend a\n server s '192.0.2.1:80\n",
  'userlist people\n user one insecure-password "secret\n',
  "backend a\n server s 192.0.2.1:80 \\xzz\n",
  "backend a\n server s 192.0.2.1:80 cookie a\\x41\n",
  'backend a\n server s "${NODE:80"\n',
  'backend a\n server s "$:80"\n',
  'backend a\n server s "${NOBODY-192.0.2.1}:80"\n',
  "backend a\n server s 192.0.2.1:80 \\\n check\n",
  ".if 1\nbackend a\n server s 192.0.2.1:80\n",
  ".endif\nbackend a\n server s 192.0.2.1:80\n",
  "backend a\n.else\n server s 192.0.2.1:80\n",
  "backend a\n.elif 1\n server s 192.0.2.1:80\n",
  ".if\nno keyword at all\n.endif\nbackend a\n server s 192.0.2.1:80\n",
  '.if 0\n server "unclosed\n.endif\nbackend a\n server s 192.0.2.1:80\n',
  "global#this is the global section\n daemon#daemonize\n frontend foo\n mode tcp # or http\n bind :20001\n",
];
