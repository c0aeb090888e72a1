<div class="countersign-drafts">
  <h1 class="fs-4">{{tx("countersign:drafts.title")}}</h1>
  {{{ if !drafts.length }}}
  <p>{{tx("countersign:drafts.none")}}</p>
  {{{ end }}}
  {{{ each drafts }}}
  <article class="countersign-draft card mb-3" data-id="{./id}" data-hash="{./contentHash}">
    <header class="card-header">
      <h2 class="fs-6 mb-1">{./title}</h2>
      <small>{{tx("countersign:drafts.by", ./author)}} <time class="timeago" datetime="{./submittedAt}" title="{./submittedAt}"></time></small>
    </header>
    <div class="card-body">
      <p class="text-muted">{./why}</p>
      <pre class="countersign-text">{./body}</pre>
    </div>
    <footer class="card-footer d-flex gap-2 flex-wrap">
      <button type="button" class="btn btn-primary btn-sm" data-step="publish">{{tx("countersign:drafts.publish")}}</button>
      <button type="button" class="btn btn-light btn-sm" data-step="publish" data-as="self">{{tx("countersign:drafts.publish-self")}}</button>
      <button type="button" class="btn btn-light btn-sm" data-step="discard">{{tx("countersign:drafts.discard")}}</button>
    </footer>
  </article>
  {{{ end }}}
</div>
