# extract: articles of pages, by file, packed, and from standard input; a file that is not there.
cat >page.html <<'END'
<!DOCTYPE html><html lang="en-US"><head><title>Bridge closed after strike - Valley Post</title>
<meta property="og:site_name" content="Valley Post"><meta name="author" content="Ada Reed">
<meta property="article:published_time" content="2024-06-13T08:00:00Z">
<link rel="canonical" href="https://post.example/bridge"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Bridge closed after strike</h1>
<p>Dock workers closed the bridge of Orla on Thursday, and lorries stood in line for six hours.</p>
<figure><img src="b.jpg"><figcaption>The bridge on Thursday. Photo: Reed</figcaption></figure>
<p>&#8220;We will be back,&#8221; said their speaker, who had met the minister the day before.</p>
</article>
<div class="related"><h3>More</h3><ul><li><a href="/x">Ferry stopped by storm for a day</a></li></ul></div>
<footer><p>Copyright 2024 Valley Post. All rights reserved.</p></footer></body></html>
END
gzip -c page.html >packed.html.gz
"$detente" extract page.html packed.html.gz missing.html 2>err
echo "exit $?"
cat err
"$detente" extract <page.html | cut -c 1-60
printf '' | "$detente" extract -
