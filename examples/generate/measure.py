#!/usr/bin/env python3
"""Scores a run over generated documents, per layout and per wording, and lists the commonest errors.

    measure.py OUT GENERATED [--errors N] [--converter] [--only LAYOUT,...]

OUT is what `juesuan extract GENERATED --out OUT` wrote, GENERATED what the example wrote with --truth.
Facts are judged as score.py of the gold annotation judges them (JUESUAN_SHARED, default /work/shared).
"""
import sys, csv, collections, re, os, bisect
from pathlib import Path
from decimal import Decimal
import polars as pl
sys.path.insert(0, os.environ.get('JUESUAN_SHARED', '/work/shared') + '/gold')
import score as S
out, gen = sys.argv[1], Path(sys.argv[2])
def load(t):
    ps=sorted(Path(out,t).glob('*.parquet'))
    return pl.concat([pl.read_parquet(p) for p in ps],how='diagonal_relaxed')
num=load('numbers').select('document','byte_start','byte_end','class','raw').partition_by('document',as_dict=True)
conv={r['document']:r['converter'] for r in load('documents').to_dicts()}
fac=load('facts').partition_by('document',as_dict=True)
docs={r['document']:r for r in csv.DictReader(open(gen/'documents.csv'))}
if '--converter' in sys.argv:
    for k,r in docs.items(): r['layout']+='/'+conv.get(k,'?')
if '--only' in sys.argv:
    o=sys.argv[sys.argv.index('--only')+1].split(','); docs={k:r for k,r in docs.items() if r['layout'] in o}
per=collections.defaultdict(collections.Counter); wd=collections.defaultdict(collections.Counter)
errs=collections.Counter(); ex={}
for name,row in docs.items():
    stem=re.sub(r'\.txt$','',name)
    gold=list(csv.DictReader(open(gen/'truth'/stem/'figures.csv')))
    n=num.get((name,)); led={(a,b):c for a,b,c in n.select('byte_start','byte_end','class').iter_rows()} if n is not None else {}
    f=fac.get((name,)); facts=collections.defaultdict(list)
    if f is not None:
        for r in f.to_dicts(): facts[(r['byte_start'],r['byte_end'])].append(r)
    L=per[row['layout']]
    cells=csv.DictReader(open(gen/'truth'/stem/'tables.csv'))
    intab=sorted((int(c['byte_start']),int(c['byte_end']),c['title']) for c in cells)
    def err(kind,g,got):
        w=g['note'] if g['note'].startswith('wording') else 'table:'+(place or '?')
        sig=(kind,row['layout'] if w.startswith('table') else '*',w,g['class'],g['measure'],re.sub(r'expenditure.function.*','expenditure.function',g['concept']),str(got)[:70])
        errs[sig]+=1; ex.setdefault(sig,(name,g['line'],g['raw'],g['item']))
    spans=set()
    for g in gold:
        sp=(int(g['byte_start']),int(g['byte_end'])); spans.add(sp)
        i=bisect.bisect_right(intab,(sp[0],1<<60,''))-1
        place=intab[i][2] if i>=0 and intab[i][1]>=sp[1] else None
        L['tokens']+=1
        mine=led.get(sp)
        if mine is None: L['missing']+=1; err('missing',g,''); continue
        w=g['note'] if g['note'].startswith('wording') else None
        if mine!=g['class']: err('class',g,mine)
        else: L['class']+=1
        if mine=='unread': L['unread']+=1
        if g['class']!='figure':
            if sp in facts: L['false']+=1
            continue
        if 'template' in g['flags']: continue
        where='table' if place else 'text'
        L['due_'+where]+=1
        if w: wd[w]['due']+=1
        got=facts.get(sp,[])
        if not got: err('nofact',g,mine); continue
        v=S.dec(g['value']); bad=[]
        if not any(S.dec(x['value'])==v for x in got): bad.append(('value',('sign' if any(S.dec(x['value'])==-v for x in got) else ('scale' if any(v and S.dec(x['value']) in(v*10000,v/10000) for x in got) else 'other'))))
        if not any((x['unit'] or '')==g['unit'] for x in got): bad.append(('unit',[x['unit'] for x in got]))
        if not any(x['measure']==g['measure'] for x in got): bad.append(('measure',[x['measure'] for x in got]))
        if g['period'] and not any(str(x['period'] or '')==g['period'] for x in got): bad.append(('period',[ (x['period'] or 0)-int(g['period']) for x in got]))
        if g['base_period'] and not any(str(x['base_period'] or '')==g['base_period'] for x in got): bad.append(('base','%s'%[x['base_period'] for x in got][:1]))
        if g['phase'] and not any((x['phase'] or '')==g['phase'] for x in got): bad.append(('phase',[x['phase'] for x in got]))
        con=set(filter(None,g['concept'].split('|')))
        if con:
            ok=con<={x['concept'] for x in got}
            if ok and con&{'expenditure.function','expenditure.economic'}: 
                ok=any(S.overlap(x['item'],g['item'])>0.6 for x in got)
            if not ok: bad.append(('concept',[x['concept'] for x in got]))
        else:
            if not any(S.overlap(x['item'],g['item'])>=.5 for x in got): bad.append(('item',[x['item'] for x in got]))
        if not bad:
            L['full_'+where]+=1
            if w: wd[w]['full']+=1
        for b in bad: err(b[0],g,b[1])
    L['extra']+=len([s for s in led if s not in spans])
print('layout      docs   tokens class%  unread false extra missing table%  text%')
cnt=collections.Counter(r['layout'] for r in docs.values())
tot=collections.Counter()
for l,c in sorted(per.items()): tot.update(c)
per['ALL']=tot; cnt['ALL']=len(docs)
for l,c in sorted(per.items()):
    p=lambda a,b: f"{100*c[a]/max(1,c[b]):6.2f}"
    print(f"{l:17}{cnt[l]:5}{c['tokens']:9} {p('class','tokens')} {c['unread']:6}{c['false']:6}{c['extra']:6}{c['missing']:6}  {p('full_table','due_table')} {p('full_text','due_text')}")
print('\nworst wordings (facts full of due)')
for w,c in sorted(wd.items(),key=lambda x:x[1]['full']-x[1]['due'])[:45]:
    if c['full']<c['due']: print(f"  {w:30} {c['full']:6}/{c['due']:<6} {100*c['full']/c['due']:6.1f}%")
print('\nerrors')
N=int(sys.argv[sys.argv.index('--errors')+1]) if '--errors' in sys.argv else 60
for s,c in errs.most_common(N): print(f"{c:6}",*s,'|',ex[s])
