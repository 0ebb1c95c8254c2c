# Web archives, feeds, news formats, exports: each is read, with its date and title.
text='Rebels attacked the town of Goma on Monday.'
say() { printf '%s: ' "$1"; shift; "$detente" annotate "$@" 2>&1 | sed -n 's/^{"id":"\([^"]*\)","date":"\([^"]*\)".*/\1 \2/p' | tr '\n' ';'; echo; }
rec() { printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://a.org/x\r\nWARC-Date: 2024-06-13T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:%s>\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "$2" "$3" "${5:-${#4}}" "$4"; }
{ rec conversion 1 text/plain "$text"; rec warcinfo 2 application/warc-fields 'a: b'; rec conversion 3 text/plain "$text" 9999; rec conversion 4 text/plain "$text"; } >a.warc
gzip -kf a.warc
{ rec conversion 5 text/plain "$text" | gzip; rec conversion 6 text/plain "$text" | gzip; } >members.warc.gz
say warc a.warc
say warc.gz a.warc.gz
say members members.warc.gz
echo "<rss version='2.0'><channel><title>Courier</title><item><guid>r1</guid><title>Attack</title><pubDate>Thu, 13 Jun 2024 14:05:00 GMT</pubDate><description>$text</description></item></channel></rss>" >feed.rss
say rss feed.rss
echo "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title><entry><id>a1</id><title>Attack</title><updated>2024-06-13T14:05:00Z</updated><summary>$text</summary></entry></feed>" >feed.atom
say atom feed.atom
echo "<Sentences><Sentence date='20240613' id='p1' source='AFP' sentence='True'><Text>$text</Text><Parse>(S</Parse></Sentence></Sentences>" >petrarch.xml
say petrarch petrarch.xml
echo "<nitf><head><docdata><doc-id id-string='n1'/><date.issue norm='20240613T100000Z'/></docdata></head><body><body.head><hedline><hl1>Attack</hl1></hedline></body.head><body.content><p>$text</p></body.content></body></nitf>" >nitf.xml
say nitf nitf.xml
echo "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='g1'><itemMeta><versionCreated>2024-06-13T11:00:00Z</versionCreated></itemMeta><contentMeta><headline>Attack</headline></contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>$text</p></body></html></inlineXML></contentSet></newsItem>" >newsml.xml
say newsml newsml.xml
printf 'From a@b.org Thu Jun 13 10:00:00 2024\nFrom: a@b.org\nMessage-ID: <m1>\nSubject: Attack\nDate: Thu, 13 Jun 2024 10:00:00 +0000\n\n%s\n' "$text" >news.mbox
say mbox news.mbox
printf 'Attack\nCourier\nJune 13, 2024 Thursday\n\nLength: 8 words\nBody\n\n%s\n\nLoad-Date: June 14, 2024\n\nEnd of Document\n' "$text" >nexis.txt
say nexis nexis.txt
printf 'HD  Attack\nPD  13 June 2024\nSN  Courier\nLP  %s\nAN  Document NORCO00020240613ek6d001b9\n' "$text" >factiva.txt
say factiva factiva.txt
echo '<kml/>' >map.xml
"$detente" annotate map.xml 2>&1
