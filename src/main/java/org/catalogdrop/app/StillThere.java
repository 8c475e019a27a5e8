package org.catalogdrop.app;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * Takes a file only if it is still there once it counts as in progress. A poll may have listed a drop that was moved away, finished,
 * right after: without this it would be taken a second time, as a drop that is gone, and refused. Nothing is locked; who may load
 * from an inbox is for {@link org.catalogdrop.journal.Ownership} to say.
 */
final class StillThere implements GenericFileExclusiveReadLockStrategy<File> {

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        return file.getFile().exists();
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // Nothing is left from an earlier run.
    }

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        // Nothing was locked.
    }

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        // Nothing was locked.
    }

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        // Nothing was locked.
    }

    @Override
    public void setTimeout(long timeout) {
        // It never waits.
    }

    @Override
    public void setCheckInterval(long checkInterval) {
        // It never waits.
    }

    @Override
    public void setReadLockLoggingLevel(LoggingLevel level) {
        // It has nothing to say.
    }

    @Override
    public void setMarkerFiler(boolean marker) {
        // It makes no files.
    }

    @Override
    public void setDeleteOrphanLockFiles(boolean delete) {
        // It makes no files.
    }
}
