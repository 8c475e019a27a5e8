package org.catalogdrop.page;

import java.time.InstantSource;
import java.util.List;
import org.catalogdrop.config.Settings;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.mapping.MappingForms;
import org.catalogdrop.page.mapping.MappingsPage;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.resolve.MappingResolver;

/** The list of all pages, in the order of the menu. */
public final class PageDirectory {

    private PageDirectory() {}

    public static List<PageRoute> of(LoaderParts loader) {
        PageTasks tasks = new PageTasks();
        MappingResolver mappings = MappingResolver.readOnly(loader.api(), loader.drops(), loader.folders());
        Uploads uploads = new Uploads(
                loader.folders().inbox(),
                loader.drops().page().map(Settings.Page::uploadLimit).orElse(0L),
                loader.drops().freeSpace(),
                InstantSource.system());
        uploads.begin();
        KnownAccount account = new KnownAccount(loader.calls());
        Examiner examiner = new Examiner(loader, mappings);
        MappingForms forms = new MappingForms(loader.api(), loader.folders(), loader.drops(), uploads, account);
        return List.of(
                new NowPage(loader, tasks),
                new BringPage(loader, uploads, examiner, forms),
                new MappingsPage(
                        loader.folders().mappings(), loader.folders().inbox(), uploads, examiner::begin, forms),
                new RejectsPage(loader, uploads, mappings, account),
                new HistoryPage(loader, tasks),
                new AccountPage(loader, account));
    }
}
