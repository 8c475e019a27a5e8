package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.util.ObjectHelper;

/**
 * A drop whose load has ended and that Camel could not move to its place. Without this nothing would be told, and the drop be taken again
 * at the next poll, for ever.
 */
final class Unmoved implements ExceptionHandler {

    private final SetAside aside;
    private final Path inbox;

    Unmoved(SetAside aside, Path inbox) {
        this.aside = aside;
        this.inbox = inbox;
    }

    @Override
    public void handleException(Throwable fault) {
        // Camel tells of which exchange it speaks.
    }

    @Override
    public void handleException(String message, Throwable fault) {
        // Camel tells of which exchange it speaks.
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable fault) {
        Path drop = inbox.resolve(exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class));
        // A load that failed was told by the route, and its drop is to stay; one that someone took away was told too.
        Optional.ofNullable(exchange.getProperty("catalogDropDestination", String.class))
                .filter(place -> !exchange.isFailed() && Files.exists(drop, LinkOption.NOFOLLOW_LINKS))
                .ifPresent(place -> aside.unmoved(drop, Path.of(place), reason(fault)));
    }

    private static String reason(Throwable fault) {
        IOException cause = ObjectHelper.getException(IOException.class, fault);
        String text = cause == null ? fault.getMessage() : cause.getMessage();
        return text.endsWith(".") ? text : text + ".";
    }
}
