package org.catalogdrop.page;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.preview.FileLook;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.MappingResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at files that were brought, one after the other, and makes their plans. It sends no write. Safe for many threads. */
final class Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);
    private static final int SAMPLE = 20;
    private static final int MOST = 20;

    private final LoaderParts loader;
    private final MappingResolver mappings;
    /** What is shown of each file, in which long cells are cut. */
    private final Map<String, FileView> known = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileView> eldest) {
            return size() > MOST;
        }
    };

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST), task -> {
                Thread one = new Thread(task, "catalog-examiner");
                one.setDaemon(true);
                return one;
            });

    Examiner(LoaderParts loader, MappingResolver mappings) {
        this.loader = loader;
        this.mappings = mappings;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Begins to examine a file, again if it was examined before. */
    void begin(StoredUpload upload) {
        set(upload, Examination.BEGUN);
        try {
            thread.execute(() -> examine(upload));
        } catch (RejectedExecutionException full) {
            set(upload, Examination.BEGUN.failed("Too many files wait to be looked at. Try again later."));
        }
    }

    /** Returns what is known of a file by now; begins to examine it if nothing is. */
    FileView of(StoredUpload upload) {
        Optional<FileView> view = view(upload);
        if (view.isEmpty()) {
            begin(upload);
        }
        return view.orElseGet(() -> view(upload, Examination.BEGUN));
    }

    private synchronized Optional<FileView> view(StoredUpload upload) {
        return Optional.ofNullable(known.get(upload.id()));
    }

    private FileView view(StoredUpload upload, Examination now) {
        return FileViews.of(upload, now, loader.drops().approve());
    }

    private synchronized void set(StoredUpload upload, Examination now) {
        known.put(upload.id(), view(upload, now));
    }

    private void examine(StoredUpload upload) {
        Examination now = Examination.BEGUN;
        try {
            FileLook look = FileLook.of(
                    upload.file(),
                    upload.name(),
                    mappings,
                    loader.drops(),
                    new MappingFolder(loader.folders().mappings()));
            now = now.with(look);
            set(upload, now);
            if (look.isLoadable()) {
                now = now.with(loader.calls().plan(upload.file(), upload.name(), SAMPLE, Optional.empty()));
            }
        } catch (DropRefused | RunHalted refused) {
            now = now.failed(refused.getMessage());
        } catch (IOException | RuntimeException fault) {
            LOG.warn("{} cannot be examined", upload.name(), fault);
            now = now.failed("The file cannot be looked at. The log of the program says why.");
        }
        set(upload, now);
    }
}
