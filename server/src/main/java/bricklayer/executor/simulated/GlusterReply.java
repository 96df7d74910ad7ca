package bricklayer.executor.simulated;

import bricklayer.host.CommandResult.Exited;

/**
 * What glusterd answers to its command line, which shows it in one of two ways.
 *
 * @param code 0 for success
 * @param error empty for a success
 * @param xml what follows the three fixed elements
 * @param command such as {@code volume delete: v1}; begins the text form
 * @param text of a success, after the command
 */
record GlusterReply(int code, int errno, String error, String xml, String command, String text) {

    static final String HEAL = "volume heal";

    private static final int FAILED = 30800;

    static GlusterReply done(String command, String text, String xml) {
        return new GlusterReply(0, 0, "", xml, command, text);
    }

    static GlusterReply failed(String command, String error) {
        return failed(command, FAILED, error, "");
    }

    static GlusterReply failed(String command, int errno, String error, String xml) {
        return new GlusterReply(-1, errno, error, xml, command, "");
    }

    /** With status 0 whatever happened; only healing is another program, which has statuses. */
    Exited asXml() {
        int status = code != 0 && command.equals(HEAL) ? 256 - errno : 0;
        StringBuilder out = new StringBuilder(xml.length() + 500)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cliOutput>\n  <opRet>")
                .append(code)
                .append("</opRet>\n  <opErrno>")
                .append(errno)
                .append("</opErrno>\n  ")
                .append(error.isEmpty() ? "<opErrstr/>" : element("opErrstr", error))
                .append('\n')
                .append(xml)
                .append("</cliOutput>\n");
        return new Exited(status, out.toString(), "");
    }

    Exited asText() {
        return code == 0
                ? Answers.said(command + ": " + text + "\n")
                : Answers.refused(1, command + ": failed: " + error);
    }

    static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">";
    }

    static String escaped(String text) {
        boolean plain = text.indexOf('&') < 0 && text.indexOf('<') < 0 && text.indexOf('>') < 0;
        return plain ? text : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
