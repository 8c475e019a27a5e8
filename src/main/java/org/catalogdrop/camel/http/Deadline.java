package org.catalogdrop.camel.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/**
 * Limits the time of a whole exchange: sending the request, waiting, and reading the answer to its end. The client's own time-outs apply
 * to a single read, so an answer that comes one byte at a time would hold a sender for ever. It also limits the length of an answer. A
 * longer one is cut off together with the connection, which the client would otherwise read to its end before releasing it.
 */
final class Deadline implements ExecChainHandler {

    /** The most bytes of an answer that are read, 8 MiB. No answer to our requests is nearly as long. */
    static final int LONGEST_ANSWER = 8 << 20;

    private final Duration most;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Deadline::thread);

    Deadline(Duration most) {
        this.most = most;
        timer.setRemoveOnCancelPolicy(true);
        // So nobody has to shut it down.
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "catalog-deadline");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(
                () -> {
                    late.set(true);
                    scope.execRuntime.discardEndpoint();
                },
                most.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(read(entity, scope, late));
            }
            return response;
        } catch (IOException broken) {
            throw late.get() ? late(broken) : broken;
        } catch (Error fault) {
            // For example, no memory for the answer. Camel passes an Error on to nobody, and the load would wait for
            // ever.
            throw new IOException("the answer could not be read: " + fault, fault);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Returns what could be read. A status whose body breaks off is still an answer. */
    private HttpEntity read(HttpEntity entity, ExecChain.Scope scope, AtomicBoolean late) {
        InputStream content;
        try {
            InputStream stream = entity.getContent();
            byte[] bytes = stream.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                scope.execRuntime.discardEndpoint();
            } else {
                stream.close();
            }
            content = new ByteArrayInputStream(bytes);
        } catch (IOException broken) {
            scope.execRuntime.discardEndpoint();
            content = new Broken(late.get() ? late(broken) : broken);
        }
        return new InputStreamEntity(content, null);
    }

    private IOException late(IOException broken) {
        SocketTimeoutException timeOut = new SocketTimeoutException(
                "no complete answer within kommo.response-timeout, " + most.toMillis() + " ms");
        timeOut.initCause(broken);
        return timeOut;
    }

    /** The body of an answer that cannot be read to its end. */
    private static final class Broken extends InputStream {

        private final IOException why;

        Broken(IOException why) {
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw why;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw why;
        }
    }
}
