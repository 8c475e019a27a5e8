package org.catalogdrop.journal.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names this process, as it is shown to people. Stateless. */
public final class ProcessName {

    private ProcessName() {}

    /** Returns the number of this process and its host in words. */
    public static String display() {
        return "process " + ProcessHandle.current().pid() + " on host " + host();
    }

    /** Returns the name of this host. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
